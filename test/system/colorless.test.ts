import { backgroundColorNames, Chalk, foregroundColorNames, modifierNames } from 'chalk'
import { expect, test } from 'vitest'
import { colorless } from '../../src/system/colorless.ts'

const chalk = new Chalk({ level: 0 })
const styles = [...modifierNames, ...foregroundColorNames, ...backgroundColorNames]

test('every style leaves the text as chalk does where it colours nothing', async () => {
  expect(colorless.level).toBe(chalk.level)
  for (const paint of [chalk, await Promise.resolve(colorless)]) {
    expect(paint('some', 'texts', 3)).toBe('some texts 3')
    for (const style of styles) {
      expect(paint[style]('text')).toBe('text')
      expect(paint.bold[style].underline('text')).toBe('text')
    }
    expect(paint.bgHex('#123456').hex('#ffffff')('text')).toBe('text')
    expect(paint.rgb(1, 2, 3).bgRgb(4, 5, 6).ansi256(7).bgAnsi256(8).dim('text')).toBe('text')
  }
})
