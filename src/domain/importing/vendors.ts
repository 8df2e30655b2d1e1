import { isObject, report } from '../catalogue/rules/fields.ts'
import { at, bare, listAt, readId, readRequired, type Vendor } from './vendor.ts'

/** `available` says whether tasks are routed to the worker. Source: Twilio TaskRouter, Activity resource. */
const twilio: Vendor = {
  id: 'twilio',
  name: 'Twilio TaskRouter',
  idKey: 'x-twilio-sid',
  listKey: 'activities',
  listsOf(document) {
    const entries = listAt(document, 'activities')
    if (entries === null) return bare(document, (raw) => 'sid' in raw)
    const meta = isObject(document) && isObject(document.meta) ? document.meta : {}
    return { entries, more: typeof meta.next_page_url === 'string' ? 'meta.next_page_url' : null }
  },
  readEntry(reading, raw, path) {
    const { available } = raw
    if (available === undefined) report(reading, path, { kind: 'missing', key: 'available' })
    else if (typeof available !== 'boolean') {
      report(reading, at(path, 'available'), { kind: 'wrong-type', expected: 'boolean', value: available })
    }
    return {
      id: readRequired(reading, raw, 'sid', path),
      idPath: at(path, 'sid'),
      name: readRequired(reading, raw, 'friendly_name', path),
      namePath: at(path, 'friendly_name'),
      kind: available === true ? 'available' : 'unavailable',
      canReceive: available === true,
      isOffline: false,
      isDisabled: false,
      order: null,
    }
  },
}

/** Contacts are routed in a `ROUTABLE` status alone. Source: Amazon Connect API, AgentStatus and AgentStatusSummary. */
const amazonConnect: Vendor = {
  id: 'amazon-connect',
  name: 'Amazon Connect',
  idKey: 'x-amazon-connect-id',
  listKey: 'AgentStatusSummaryList',
  listsOf(document) {
    const entries = listAt(document, 'AgentStatusSummaryList') ?? listAt(document, 'AgentStatuses')
    const token = isObject(document) ? document.NextToken : undefined
    if (entries !== null) return { entries, more: typeof token === 'string' && token !== '' ? 'NextToken' : null }
    if (isObject(document) && isObject(document.AgentStatus)) {
      return { entries: [{ raw: document.AgentStatus, path: '$.AgentStatus' }], more: null }
    }
    return bare(document, (raw) => 'AgentStatusId' in raw || ('Id' in raw && 'Type' in raw))
  },
  readEntry(reading, raw, path) {
    const idKey = 'AgentStatusId' in raw ? 'AgentStatusId' : 'Id'
    const kind = readRequired(reading, raw, 'Type', path)
    return {
      id: readRequired(reading, raw, idKey, path),
      idPath: at(path, idKey),
      name: readRequired(reading, raw, 'Name', path),
      namePath: at(path, 'Name'),
      kind,
      canReceive: kind === 'ROUTABLE',
      isOffline: kind === 'OFFLINE',
      isDisabled: raw.State === 'DISABLED',
      order: typeof raw.DisplayOrder === 'number' ? raw.DisplayOrder : null,
    }
  },
}

/** Queues reach a user on queue alone, not one who is merely available. Source: Genesys Cloud, presence definitions. */
const genesys: Vendor = {
  id: 'genesys',
  name: 'Genesys Cloud',
  idKey: 'x-genesys-id',
  listKey: 'entities',
  listsOf(document) {
    const entries = listAt(document, 'entities')
    if (entries === null) return bare(document, (raw) => 'systemPresence' in raw)
    const { total, nextUri } = document as { readonly total?: unknown; readonly nextUri?: unknown }
    if (typeof nextUri === 'string' && nextUri !== '') return { entries, more: 'nextUri' }
    return { entries, more: typeof total === 'number' && total > entries.length ? `total ${total}` : null }
  },
  readEntry(reading, raw, path) {
    const kind = readRequired(reading, raw, 'systemPresence', path)
    const { name, namePath } = genesysLabel(raw.languageLabels, path) ?? {
      name: readRequired(reading, raw, 'name', path),
      namePath: at(path, 'name'),
    }
    return {
      id: readRequired(reading, raw, 'id', path),
      idPath: at(path, 'id'),
      name,
      namePath,
      kind,
      canReceive: sameWord(kind, 'On Queue'),
      isOffline: sameWord(kind, 'Offline'),
      isDisabled: raw.deactivated === true,
      order: null,
    }
  },
}

/** English where there is such a label, else the first; `name` stands for a status without any. */
function genesysLabel(labels: unknown, path: string): { readonly name: string; readonly namePath: string } | null {
  if (!isObject(labels)) return null
  const said = Object.entries(labels).filter(([, label]) => typeof label === 'string' && label.trim() !== '')
  const chosen = ['en_US', 'en'].flatMap((key) => said.filter(([language]) => language === key))[0] ?? said[0]
  if (chosen === undefined) return null
  return { name: chosen[1] as string, namePath: at(at(path, 'languageLabels'), chosen[0]) }
}

/** Work comes in wherever a channel is online. Source: Zendesk, omnichannel routing, unified agent statuses. */
const zendesk: Vendor = {
  id: 'zendesk',
  name: 'Zendesk',
  idKey: 'x-zendesk-id',
  listKey: 'custom',
  listsOf(document) {
    const lists = [listAt(document, 'default'), listAt(document, 'custom')].filter((list) => list !== null)
    if (lists.length > 0) return { entries: lists.flat(), more: null }
    return bare(document, (raw) => 'attributes' in raw)
  },
  readEntry(reading, raw, path) {
    if (!isObject(raw.attributes)) report(reading, path, { kind: 'missing', key: 'attributes' })
    const attributes = isObject(raw.attributes) ? raw.attributes : null
    const channels = isObject(attributes?.channels) ? Object.values(attributes.channels) : null
    const isOnline = channels?.includes('online') ?? false
    return {
      id: readId(reading, raw, 'id', path),
      idPath: at(path, 'id'),
      name: attributes === null ? '' : readRequired(reading, attributes, 'name', at(path, 'attributes')),
      namePath: at(at(path, 'attributes'), 'name'),
      kind: channels === null ? null : isOnline ? 'online' : 'not-online',
      canReceive: isOnline,
      isOffline: false,
      isDisabled: false,
      order: null,
    }
  },
}

export const vendors: readonly Vendor[] = [twilio, amazonConnect, genesys, zendesk]

/** The same word whatever its case, blanks, hyphens and underscores: `ON_QUEUE` and `On Queue`. */
export function sameWord(one: string, other: string): boolean {
  const bareWord = (word: string) => word.toLowerCase().replace(/[\s_-]+/g, '')
  return bareWord(one) === bareWord(other)
}
