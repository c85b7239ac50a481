import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

test.each([1, 2, 3, 4])('a packed order book of %i megabytes reads back as it was', (megabytes) => {
  const bytes = Buffer.alloc(megabytes << 20)
  for (let i = 0; i < bytes.length; i += 4) bytes.writeUInt32LE(Math.imul(i, 2654435761) >>> 0, i)
  const hash = (data: Buffer) => createHash('sha256').update(data).digest('hex')
  expect(hash(gunzipSync(gzipSync(bytes)))).toBe(hash(bytes))
})
