import type { Operator, Status } from './catalogue.ts'

export function isSameStatus(one: Status, other: Status): boolean {
  return (
    one.id === other.id &&
    one.name === other.name &&
    one.color === other.color &&
    one.canReceive === other.canReceive &&
    one.countAfterClose === other.countAfterClose
  )
}

export function isSameOperator(one: Operator, other: Operator): boolean {
  return (
    one.id === other.id &&
    one.name === other.name &&
    one.role === other.role &&
    one.account === other.account &&
    one.initialStatus === other.initialStatus &&
    one.calendar === other.calendar
  )
}
