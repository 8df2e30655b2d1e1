import { expect, test } from 'vitest'
import { FileFollower } from '../../src/feed/fileFollower.ts'
import { createMemoryFiles } from './memoryFiles.ts'

test('of two copies of the followed file the longer one is read, in whatever order the directory has them', async () => {
  const memory = createMemoryFiles()
  const lines: string[] = []
  const look = async (follower: FileFollower) => {
    const onChunk = ({ bytes }: { bytes: Uint8Array }) =>
      void lines.push(...Buffer.from(bytes).toString().trim().split('\n'))
    await follower.readToEnd({ recorded: null, onChunk })
    await follower.close()
    return follower.position()
  }
  memory.append('feed', Buffer.from('one\n'))
  const position = await look(new FileFollower(memory, 'feed', null))
  memory.copy('feed', 'feed.2')
  memory.append('feed', Buffer.from('two\n'))
  memory.copy('feed', 'feed.1')
  memory.truncate('feed')
  memory.append('feed', Buffer.from('three\n'))
  await look(new FileFollower(memory, 'feed', position))
  expect(lines).toEqual(['one', 'two', 'three'])
})
