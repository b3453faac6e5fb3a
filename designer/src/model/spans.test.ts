import { expect, test } from 'vitest'
import { spanOf } from './spans'

test.each([
  [0, 'seconds', 0], [89, 'seconds', 89], [90, 'minutes', 2], [3600, 'minutes', 60], [5400, 'hoursShort', 2], [86_400, 'hoursShort', 24], [172_800, 'days', 2],
] as const)('%d seconds are said in %s', (seconds, unit, count) => {
  expect(spanOf(seconds)).toEqual({ unit, count })
})
