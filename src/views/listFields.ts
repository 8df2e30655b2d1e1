/**
 * The fields of the lists that commands print (contract §6 and §7), also those that no entry has at present: what may
 * be asked for does not hang on what happens to be there.
 */
export const listFields = {
  'status list': ['id', 'name', 'color', 'canReceive', 'countAfterClose', 'operators', 'usedAs'],
  'operator list': ['id', 'name', 'role', 'account', 'initialStatus', 'calendar', 'status', 'statusName', 'since'],
  'presence list': [
    ...['operator', 'name', 'status', 'statusName', 'canReceive', 'since', 'presence', 'sessions', 'lastSeen'],
    ...['dialogues', 'switchAt', 'switchTo'],
  ],
  'report time': ['operator', 'status', 'name', 'stays', 'wallMs', 'dialogueMs', 'countedMs', 'absentMs'],
  'report compliance': [
    ...['operator', 'day', 'scheduledMs', 'adherentMs', 'adherence', 'workedMs', 'conformance'],
    ...['lateMs', 'earlyLeaveMs'],
  ],
  history: [
    ...['seq', 'at', 'type', 'by', 'operator', 'from', 'to', 'cause', 'due', 'lastSeen', 'recordedAt', 'open'],
    ...['status', 'position', 'before', 'after', 'source', 'changes', 'calendars', 'expected', 'found', 'prev', 'feed'],
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>
