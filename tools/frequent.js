/** Commands with code caches of their own, as bin/opstat.js calls them, and the lines that they are warmed up with. */
export const frequent = {
  '--version-': ['--version'],
  '--help-': ['--help'],
  'status-list': ['status list', 'status list -o json'],
  'status-show': ['status show online', 'status show online -o json'],
  'status-create': ['status create Lunch'],
  'operator-list': ['operator list', 'operator list -o json'],
  'operator-set-status': ['operator set-status ana online'],
  'presence-list': ['presence list', 'presence list -o json'],
  __complete: ['__complete status show on', '__complete operator set-status a'],
}
