/** What messages call a file that a command line names; `-` is standard input. */
export function sourceName(file: string): string {
  return file === '-' ? 'standard input' : file
}
