import type { BackEnd } from './backEnd.ts'
import type { Dice } from './dice.ts'
import type { Machine } from './machine.ts'

/** How an operator lives: at the panel all the time, now and then, or only at the beginning. */
export type Habit = 'steady' | 'fickle' | 'ghost'

/** Steady ones must never be switched, whatever the weather. */
export const habits: Readonly<Record<string, Habit>> = {
  ada: 'steady',
  bea: 'steady',
  cid: 'steady',
  fay: 'fickle',
  gil: 'fickle',
  hal: 'ghost',
}

/** They only come in the calm: one falls silent again, at a known second, one stays. */
export const latecomers = { silent: 'ida', staying: 'jon' } as const

export const beatMs = 4000

/** An operator's browser. */
export class Panel {
  isOpen = false
  private readonly operator: string
  private readonly world: { machine: Machine; backEnd: BackEnd; dice: Dice }
  private visits = 0

  constructor(operator: string, world: { machine: Machine; backEnd: BackEnd; dice: Dice }) {
    this.operator = operator
    this.world = world
    world.backEnd.panels.push(() => {
      if (this.isOpen) this.say('beat')
    })
  }

  open(): void {
    if (this.isOpen) return
    this.isOpen = true
    this.visits++
    this.say('open')
    this.beatOn(this.visits)
  }

  close(): void {
    if (this.isOpen && this.world.dice.chance(0.7)) this.say('close')
    this.isOpen = false
  }

  choose(status: string): void {
    this.world.backEnd.record({ operator: this.operator, event: 'status', status })
  }

  talk(): void {
    const event = this.world.dice.pick(['dialogue-open', 'dialogue-close'])
    this.world.backEnd.record({ operator: this.operator, event, dialogue: `d${this.world.dice.between(1, 3)}` })
  }

  private beatOn(visit: number): void {
    const { machine, backEnd, dice } = this.world
    backEnd.plan(machine.now + beatMs - dice.between(0, 1000), () => {
      if (!this.isOpen || this.visits !== visit) return
      this.say('beat')
      this.beatOn(visit)
    })
  }

  private say(event: string): void {
    this.world.backEnd.record({ operator: this.operator, session: `tab-${this.visits}`, event })
  }
}

/** Everybody's days until `untilMs`, planned in advance. */
export function planDays(
  panels: ReadonlyMap<string, Panel>,
  { machine, dice, untilMs }: { machine: Machine; dice: Dice; untilMs: number },
): void {
  for (const [operator, panel] of panels) {
    const habit = habits[operator]
    if (habit === undefined) continue
    machine.at(dice.between(0, 3000), () => {
      panel.open()
      if (dice.chance(0.7)) panel.choose('online')
    })
    for (let at = dice.between(5, 40) * 1000; at < untilMs; at += dice.between(5, 40) * 1000) {
      machine.at(at, () => {
        if (panel.isOpen && dice.chance(0.5)) panel.talk()
        if (panel.isOpen && dice.chance(0.6))
          panel.choose(dice.pick(['online', 'chat', 'on-break', 'online', 'Online']))
        if (habit === 'fickle' && dice.chance(0.4)) {
          if (panel.isOpen) panel.close()
          else panel.open()
        }
      })
    }
    if (habit === 'ghost') machine.at(dice.between(10, 60) * 1000, () => panel.close())
    if (habit !== 'steady') machine.at(untilMs, () => panel.close())
  }
}
