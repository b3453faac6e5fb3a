import assert from 'node:assert/strict'
import { pause } from '../cluster.mjs'

/** The api dies with requests in it; callers without an answer send them again, with the ids they had. */
export async function fault(cluster) {
  const load = cluster.load
  const unanswered = load.refused.get(0) ?? 0
  await pause(Math.floor(cluster.random() * 500))
  await cluster.api.kill()
  await cluster.startApi()
  await pause(1500)
  const without = (load.refused.get(0) ?? 0) - unanswered
  assert.ok(without > 0, 'Expected requests without an answer, but all had one.')
  return { note: `${without} events had no answer and were sent again` }
}
