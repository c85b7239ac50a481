import { test } from 'node:test'

test('is the same every time', () => {})
