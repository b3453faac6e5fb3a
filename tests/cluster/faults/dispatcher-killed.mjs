import assert from 'node:assert/strict'
import { pause } from '../cluster.mjs'
import { until } from '../servers.mjs'

/** A dispatcher dies between the intent and the answer of a slow vendor; the next one settles what it was sending. */
export async function fault(cluster) {
  cluster.receiver.delay = 400
  const came = cluster.receiver.arrivals.size
  await until('calls to be under way', () => cluster.receiver.arrivals.size > came + 10, 10, 20)
  await pause(Math.floor(cluster.random() * 300))
  await cluster.dispatcher.kill()
  const [[sending]] = await cluster.sql.rows('SELECT count(*) FROM message_state WHERE status = 1')
  cluster.receiver.delay = 5
  await cluster.startDispatcher()
  await pause(1000)
  return {
    note: `${sending} messages were being sent`,
    after: (counts) => {
      assert.ok(Number(sending) > 0 && counts.unknown > 0, 'Expected calls under way whose outcome nobody can know, but there were none.')
    },
  }
}
