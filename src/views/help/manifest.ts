import type { HelpTopic } from './topics.ts'

export const manifest: HelpTopic = {
  summary: 'Statuses as code: what apply and diff read',
  text: `Manifests: statuses as code

A manifest has the catalogue's format, in JSON or YAML; everything but "version" may be left out, and what is left out
stays as it is.

  version: 1
  statuses:
    - id: online          # found by id: the name may change
      name: Ready
    - name: Lunch         # without an id found by name, or created
      color: '#f9a825'    # in quotes: an unquoted # begins a comment
      countAfterClose: true
  settings:
    offlineAfter: 10m
  operators:
    - id: ana
      name: Ana Kovalenko

  opstat export --format yaml > team.yaml    the catalogue as a manifest
  opstat validate team.yaml --as manifest    every problem of it, with its line
  opstat diff -f team.yaml                   what would change; exit code 10 where that is something
  opstat apply -f team.yaml                  make it so, in one step or not at all
  opstat apply -f team.yaml --prune          and delete what its lists leave out, as carefully as status delete

Several files (-f a.yaml b.yaml, or documents between ---) are taken together and must not contradict each other. The
order of statuses is the display order. Keys of statuses, calendars and operators that opstat does not know are kept.

An editor completes and checks manifests by the JSON Schema: opstat schema manifest > manifest.schema.json
`,
}
