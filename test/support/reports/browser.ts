import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Picture, readPng } from './png.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** A browser that can take pictures without a screen; null where none is installed. */
export function findBrowser(): string | null {
  const places = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  return places.find((file) => existsSync(file)) ?? null
}

/** A page of a folder as the browser paints it, 1280 pixels wide, in light or dark. */
export function photograph(
  browser: string,
  page: { readonly folder: string; readonly name: string; readonly scheme: 'light' | 'dark' },
): Picture {
  const picture = join(page.folder, `${page.scheme}.png`)
  const ended = spawnSync(
    browser,
    [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--force-device-scale-factor=1'],
      ...['--window-size=1280,1400', `--user-data-dir=${join(page.folder, 'profile')}`, `--screenshot=${picture}`],
      `--blink-settings=preferredColorScheme=${page.scheme === 'dark' ? 0 : 1}`,
      `file://${join(page.folder, page.name)}`,
    ],
    { encoding: 'utf8', timeout: 60_000 },
  )
  if (!existsSync(picture)) throw new Error(`${browser} took no picture: ${ended.stderr}`)
  return readPng(readFileSync(picture))
}
