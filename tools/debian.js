import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const onPath = (tool) => () =>
  `${process.env.PATH}:/usr/sbin:/sbin`.split(':').some((folder) => existsSync(join(folder, tool)))

/** Debian's packages that the tests of real faults use, and how to see that they are there. */
const packages = [
  { name: 'strace', isThere: onPath('strace') },
  { name: 'logrotate', isThere: onPath('logrotate') },
  { name: 'libfaketime', isThere: hasFaketime },
  { name: 'e2fsprogs', isThere: onPath('mkfs.ext4') },
  { name: 'xfsprogs', isThere: onPath('mkfs.xfs') },
]

const longestUpdateMs = 60_000
const longestInstallMs = 120_000

/**
 * In CI, as root on Debian, gets what the tests of real faults need. Fails nothing: a test whose tool is missing says
 * so and is left out.
 */
export function installFaultTools() {
  const missing = packages.filter(({ isThere }) => !isThere()).map(({ name }) => name)
  const mayInstall = process.env.CI === 'true' && process.getuid?.() === 0 && onPath('apt-get')()
  if (missing.length === 0 || !mayInstall) return
  console.log(`installing for the tests of real faults: ${missing.join(', ')}`)
  aptGet(['update'], longestUpdateMs)
  for (const name of missing) {
    if (!aptGet(['install', '--yes', '--no-install-recommends', name], longestInstallMs / missing.length))
      console.log(`could not install ${name}: what needs it is not tried`)
  }
}

function aptGet(args, timeout) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync('apt-get', ['-qq', ...args], { stdio: 'ignore', timeout, env }).status === 0
}

function hasFaketime() {
  const libraries = '/usr/lib'
  return (
    existsSync(libraries) &&
    readdirSync(libraries).some((folder) => existsSync(join(libraries, folder, 'faketime/libfaketime.so.1')))
  )
}
