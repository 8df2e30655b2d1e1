/** What the program's own help says before and after its commands. */
export const about = {
  before:
    "Administer a contact centre's operator statuses, see who is present, and take operators who lost their panel out of the routing.",
  after: `
Examples:
  $ opstat init
  $ opstat status create Lunch --color orange --count-after-close
  $ opstat presence list
  $ opstat watch

More to read: opstat help exit-codes, feed, rule, manifest, environment

Exit codes: 0 done, 1 a bug, 2 usage, 3 invalid content, 4 not found, 5 refused, 6 busy, 7 file, 8 not permitted,
10 differences found, 130 and 143 interrupted.`,
}
