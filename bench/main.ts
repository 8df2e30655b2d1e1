import { generate } from './generating/generate.ts'

const [verb, ...words] = process.argv.slice(2)
if (verb === 'generate') {
  const problem = generate(words)
  if (problem !== null) {
    console.error(problem)
    process.exitCode = 2
  }
}
