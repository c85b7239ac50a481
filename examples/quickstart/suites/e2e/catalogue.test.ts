import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { gunzipSync } from 'node:zlib'

interface Article {
  readonly id: string
  readonly cents: number
}

describe('the catalogue over HTTP', () => {
  const packed = readFileSync(join(import.meta.dirname, '..', '..', 'build', 'catalogue.json.gz'))
  const articles: readonly Article[] = JSON.parse(gunzipSync(packed).toString())
  const byId = new Map(articles.map((article) => [article.id, article]))
  const server = createServer((request, response) => {
    const article = byId.get((request.url ?? '/').slice(1))
    response.statusCode = article === undefined ? 404 : 200
    response.end(JSON.stringify(article ?? { missing: request.url }))
  })
  let origin = ''
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    assert.ok(typeof address === 'object' && address !== null)
    origin = `http://127.0.0.1:${address.port}`
  })
  after(() => server.close())

  test('serves an article', async () => {
    const response = await fetch(`${origin}/article-42`)
    assert.equal(response.status, 200)
  })
  test('does not know others', async () => {
    assert.equal((await fetch(`${origin}/nothing`)).status, 404)
  })
  test('serves two hundred at once', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => fetch(`${origin}/article-${i}`)))
    assert.ok(answers.every((answer) => answer.ok))
  })
})
