import fc from 'fast-check'

/**
 * Properties are tried on the same inputs in every run, so that a run that fails fails again. OPSTAT_SEED=random, or
 * a number, tries others; what fails then prints its seed.
 */
const { OPSTAT_SEED: wanted = '20261122' } = process.env
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) })
