import type { Failure } from '../../domain/failure.ts'
import type { Result } from '../../domain/result.ts'
import {
  type ParsedDocument,
  readDocumentBytes,
  readDocumentFile,
  readDocumentsBytes,
  readDocumentsFile,
} from '../../formats/documentFile.ts'
import type { System } from '../../system/system.ts'
import { sourceName } from './sourceName.ts'

/** The one document in a file that a command line names; `-` is standard input. */
export function readDocument(file: string, system: System): Promise<Result<ParsedDocument, Failure>> {
  return file === '-'
    ? readDocumentBytes(system.stdin.bytes(), sourceName(file))
    : readDocumentFile(system.absolute(file))
}

/** Every document in it; refusals call the file as it was named. */
export function readDocuments(file: string, system: System): Promise<Result<readonly ParsedDocument[], Failure>> {
  return file === '-'
    ? readDocumentsBytes(system.stdin.bytes(), sourceName(file))
    : readDocumentsFile(system.absolute(file), file)
}
