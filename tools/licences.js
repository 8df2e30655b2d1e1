import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes down the licences of everything that was bundled: they want to go with it. */
export function writeLicences(root, { dist, modules }) {
  const names = new Set(
    modules.flatMap((id) => /node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(id)?.[1] ?? []),
  )
  const parts = [...names].sort().map((name) => {
    const folder = join(root, 'node_modules', name)
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry))
    const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
    return `${name} ${version}: ${license ?? 'see below'}\n${text}`
  })
  writeFileSync(join(dist, 'LICENCES.txt'), parts.join(`\n${'-'.repeat(80)}\n\n`))
}
