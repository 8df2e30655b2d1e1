/**
 * A command line that can't be meant as it stands, judged without the catalogue's rules (contract §2, exit 2), as facts.
 * The words are in `views/failures/mistakeWords.ts`.
 */
export type Mistake =
  /** The parser's objection, which brings its words along. */
  | { readonly mistake: 'not-parsed'; readonly message: string; readonly hint: string | null }
  /** Two flags that say different things of one matter, each with its value. */
  | { readonly mistake: 'contradiction'; readonly one: string; readonly other: string }
  | { readonly mistake: 'no-manifest-format'; readonly output: string }
  /** What is told as it happens, in a format that has no lines. */
  | { readonly mistake: 'no-line-format'; readonly telling: 'watch' | '--live'; readonly output: string }
  | { readonly mistake: 'standard-input-twice' }
  | { readonly mistake: 'not-of-standard-input'; readonly command: 'doctor' | 'presence record' }
  | { readonly mistake: 'future-time'; readonly flag: '--at' | '--before' | '--from'; readonly value: string }
  | { readonly mistake: 'from-after-to' }
  | { readonly mistake: 'too-many-days' }
  | { readonly mistake: 'no-pair'; readonly flag: '--set' | '--initial'; readonly value: string }
  | { readonly mistake: 'nothing-to-compare' }
  | { readonly mistake: 'scenario-with-feed' }
  | { readonly mistake: 'bad-hook'; readonly flaw: 'empty' | 'open-quote'; readonly value: string }
  | { readonly mistake: 'no-programs-here' }
  | {
      readonly mistake: 'unknown-choice'
      readonly of: 'role' | 'access'
      readonly value: string
      readonly known: Known
    }
  | { readonly mistake: 'unknown-field'; readonly value: string; readonly known: Known; readonly similar: Known }
  | { readonly mistake: 'unknown-topic'; readonly value: string; readonly known: Known; readonly similar: Known }
  /** `kinds`: those that the imported files have. */
  | { readonly mistake: 'unknown-import'; readonly value: string; readonly files: Known; readonly kinds: Known }

type Known = readonly string[]
