import { longestDurationMs } from '../time.ts'
import { accessModes, catalogueVersion, roles, weekdays } from './catalogue.ts'
import { colorNames } from './color/colorNames.ts'
import { mostOperators, mostStatuses } from './rules/consistency.ts'
import { longestOperatorId, statusIdForm } from './rules/identifiers.ts'
import { longestOfflineAfterMs } from './rules/settingsRules.ts'
import {
  colorPattern,
  datePattern,
  durationPattern,
  intervalEndPattern,
  intervalStartPattern,
  namePattern,
  operatorIdPattern,
  timeZonePattern,
} from './schemaPatterns.ts'

/** A catalogue says everything; a manifest only what it wants, of statuses found by id or else by name. */
export const documentKinds = ['catalogue', 'manifest'] as const
export type DocumentKind = (typeof documentKinds)[number]

type Schema = { readonly [keyword: string]: unknown }

/**
 * The JSON Schema (draft 2020-12) of a file, from the same rules as `parseCatalogue` and `parseManifest`. What one
 * value or entry can keep by itself is in it. What lies between entries is not, as JSON Schema has no words for it:
 * unique ids and names, names that are ids, statuses and calendars that are named and must exist and not receive,
 * intervals that overlap, time zones that exist.
 */
export function schemaOf(kind: DocumentKind): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:opstat:${kind}:${catalogueVersion}`,
    title: kind === 'catalogue' ? "opstat: a contact centre's operator statuses" : 'opstat: a manifest for apply',
    description:
      'Unique ids and names, and that what is named exists, are beyond JSON Schema: opstat validate checks them too.',
    type: 'object',
    required: kind === 'catalogue' ? ['version', 'statuses'] : ['version'],
    properties: {
      version: { const: catalogueVersion },
      statuses: {
        description: 'The order is the display order.',
        type: 'array',
        maxItems: mostStatuses,
        items: statusSchema(kind),
      },
      settings: settingsSchema,
      calendars: { type: 'array', items: calendarSchema },
      operators: { type: 'array', maxItems: mostOperators, items: operatorSchema(kind) },
    },
    $defs: {
      statusId: {
        description: 'What scripts call it; a rename never changes it.',
        type: 'string',
        pattern: statusIdForm.source,
      },
      operatorId: {
        description: `1 to ${longestOperatorId} characters without blanks and controls.`,
        type: 'string',
        pattern: operatorIdPattern,
      },
      name: { description: 'What people call it: 1 to 64 characters.', type: 'string', pattern: namePattern },
      color: {
        description: '#rgb, #rrggbb or a CSS colour name.',
        anyOf: [{ enum: [...colorNames().keys()] }, { type: 'string', pattern: colorPattern }],
      },
      duration: {
        description: 'Such as 90s, 10m, 1h30m or 2d.',
        type: 'string',
        pattern: durationPattern(longestDurationMs),
      },
      day: { type: 'array', items: intervalSchema },
    },
  }
}

const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` })
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] })

function statusSchema(kind: DocumentKind): Schema {
  const identified =
    kind === 'catalogue' ? { required: ['name', 'color'] } : { anyOf: [{ required: ['id'] }, { required: ['name'] }] }
  const properties = {
    id: ref('statusId'),
    name: ref('name'),
    color: ref('color'),
    canReceive: { description: 'May new dialogues be routed to operators in it?', type: 'boolean' },
    countAfterClose: {
      description: "Does its time count only from the close of the operator's last dialogue?",
      type: 'boolean',
    },
  }
  const bothFlags = {
    properties: { canReceive: { const: true }, countAfterClose: { const: true } },
    required: ['canReceive', 'countAfterClose'],
  }
  return { type: 'object', properties, ...identified, not: bothFlags }
}

const massGuardSchema: Schema = {
  type: 'object',
  required: ['share'],
  properties: {
    share: {
      description: 'Of the operators in receiving statuses: above 0, at most 1.',
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 1,
    },
    atLeast: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
    hold: ref('duration'),
  },
}

const autoOfflineSchema: Schema = {
  description: 'Enabled needs a status; it is where absent operators go.',
  type: 'object',
  properties: { enabled: { type: 'boolean' }, status: orNull(ref('statusId')) },
  if: { properties: { enabled: { const: true } }, required: ['enabled'] },
  // biome-ignore lint/suspicious/noThenProperty: It is a keyword of JSON Schema.
  then: { properties: { status: { type: 'string' } }, required: ['status'] },
}

const settingsSchema: Schema = {
  type: 'object',
  properties: {
    defaultOffline: orNull(ref('statusId')),
    autoOffline: autoOfflineSchema,
    offlineAfter: {
      description: 'How long an operator may be silent: 1s to 24h; null: the rule is off.',
      anyOf: [{ type: 'string', pattern: durationPattern(longestOfflineAfterMs) }, { type: 'null' }],
    },
    sessionTimeout: ref('duration'),
    feedTimeout: orNull(ref('duration')),
    massGuard: orNull(massGuardSchema),
    access: { enum: accessModes },
  },
}

const intervalSchema: Schema = {
  description: 'A shift, or, with a status, a planned break. An end at or before the start is on the next day.',
  type: 'object',
  required: ['from', 'to'],
  properties: {
    from: { type: 'string', pattern: intervalStartPattern },
    to: { type: 'string', pattern: intervalEndPattern },
    status: orNull(ref('statusId')),
  },
}

/** What has no name is called by its id, which then must do as a name. */
const namedByItsId: Schema = { anyOf: [{ required: ['name'] }, { properties: { id: ref('name') } }] }

const calendarSchema: Schema = {
  type: 'object',
  required: ['id', 'timeZone'],
  properties: {
    id: ref('operatorId'),
    name: ref('name'),
    timeZone: { description: 'An IANA name such as Europe/Kyiv.', type: 'string', pattern: timeZonePattern },
    week: {
      type: 'object',
      properties: Object.fromEntries(weekdays.map((day) => [day, ref('day')])),
      additionalProperties: false,
    },
    exceptions: {
      description: 'Days that have a plan of their own, by their date.',
      type: 'object',
      patternProperties: { [datePattern]: ref('day') },
      additionalProperties: false,
    },
  },
  ...namedByItsId,
}

function operatorSchema(kind: DocumentKind): Schema {
  const properties = {
    id: ref('operatorId'),
    name: ref('name'),
    role: { enum: roles },
    account: { description: "The operating system's account of this person.", type: ['string', 'null'], minLength: 1 },
    initialStatus: orNull(ref('statusId')),
    calendar: orNull(ref('operatorId')),
  }
  return { type: 'object', required: ['id'], properties, ...(kind === 'catalogue' ? namedByItsId : {}) }
}
