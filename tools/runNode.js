import { spawn } from 'node:child_process'

/** Runs Node to its end: its exit code (1 where it has none) and all that it said. */
export function runNode(args, options) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
    let text = ''
    const collect = (chunk) => {
      text += chunk
    }
    child.stdout.setEncoding('utf8').on('data', collect)
    child.stderr.setEncoding('utf8').on('data', collect)
    child.on('error', (error) => resolve({ code: 1, text: String(error) }))
    child.on('close', (code) => resolve({ code: code ?? 1, text }))
  })
}
