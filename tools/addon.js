import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** The systems that Node runs on and the addon was made for. */
const systems = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64']

/** Puts the addon of the kernel locks beside the chunks, for each system, as rolldown.config.js expects it. */
export function copyAddon(root, dist) {
  mkdirSync(join(dist, 'addon'))
  for (const system of systems) {
    const made = join(root, 'node_modules/fs-native-extensions/prebuilds', system, 'fs-native-extensions.node')
    copyFileSync(made, join(dist, 'addon', `${system}.node`))
  }
}
