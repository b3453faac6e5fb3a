import assert from 'node:assert/strict'
import { pause } from '../cluster.mjs'
import { until } from '../servers.mjs'

/** Redis goes with all it had, and comes back empty. Decisions and messages go on; the log says that limits are each process's own. */
export async function fault(cluster) {
  const came = () => cluster.receiver.arrivals.size
  await pause(Math.floor(cluster.random() * 500))
  const said = cluster.nodes.map((node) => node.log.length)
  await cluster.redis.stop()
  const before = came()
  await until('messages to go out without it', () => came() > before + 40, 20)
  await until('a log to say so', () => cluster.nodes.some((node, n) => /Redis is away/.test(node.log.slice(said[n]))), 10)
  const without = came() - before
  await cluster.redis.startAgain()
  const back = came()
  await until('messages to go out with it', () => came() > back + 40, 20)
  assert.ok(without > 0)
  return { note: `${without} webhooks went out without it` }
}
