import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import packageJson from '../../../package.json' with { type: 'json' }
import { tree } from '../../../src/cli.ts'
import { manPages } from '../../../src/commands/manual/manual.ts'
import { isInstalled } from '../../support/shells.ts'

const program = { tree, version: '1.2.3', about: { before: 'Administer statuses.', after: '' } }

test('the program, each group and each command has a page', async () => {
  const names = Object.keys(await manPages(program))
  for (const name of ['opstat', 'opstat-status', 'opstat-status-create', 'opstat-history', 'opstat-history-verify']) {
    expect(names).toContain(`${name}.1`)
  }
  expect(new Set(names).size).toBe(names.length)
})

test('the package names every page for whoever installs it; tools/generate.js writes the list', async () => {
  const pages = Object.keys(await manPages(program)).map((name) => `dist/man/${name}`)
  expect(packageJson.man).toEqual(pages.sort())
})

test('a page says what the help says', async () => {
  const page = (await manPages(program))['opstat-status-delete.1']
  expect(page).toBe(`.TH "OPSTAT-STATUS-DELETE" 1 "" "opstat 1.2.3" "opstat manual"
.SH NAME
opstat\\-status\\-delete \\- Remove statuses
.SH SYNOPSIS
.B opstat status delete
[STATUSES...] [OPTION]...
.SH ARGUMENTS
.TP
.B statuses
their ids or names; all are deleted or none
.SH OPTIONS
.TP
.B \\-\\-move\\-to <status>
where operators go that are in one of them or start in one
.TP
.B \\-y, \\-\\-yes
don't ask
.TP
.B \\-\\-dry\\-run
say what would happen and change nothing
.SH EXAMPLES
.nf
opstat status delete on\\-break \\-\\-dry\\-run
opstat status delete on\\-break \\-\\-move\\-to offline \\-\\-yes
.fi
.SH SEE ALSO
.BR opstat (1) ,
.BR opstat\\-status (1) ,
.BR opstat\\-status\\-list (1) ,
.BR opstat\\-status\\-show (1) ,
.BR opstat\\-status\\-create (1) ,
.BR opstat\\-status\\-edit (1)
`)
})

test('groff reads every page without a warning', async () => {
  if (!isInstalled('groff', 'the manual in groff')) return
  const input = Object.values(await manPages(program)).join('')
  const { stderr, status } = spawnSync('groff', ['-man', '-ww', '-Tutf8', '-z'], { input, encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})
