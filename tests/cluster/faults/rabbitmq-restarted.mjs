import assert from 'node:assert/strict'
import { pause } from '../cluster.mjs'
import { until } from '../servers.mjs'

/** The broker loses its power under load and comes back. What it confirmed it still has, and everybody reconnects. */
export async function fault(cluster) {
  const load = cluster.load
  await pause(Math.floor(cluster.random() * 1000))
  await cluster.rabbit.stop()
  await pause(1500)
  const refused = [...load.refused.values()].reduce((sum, n) => sum + n, 0)
  await cluster.rabbit.startAgain()
  const backAt = Date.now()
  const [http, amqp] = [load.overHttp, load.overAmqp]
  await until('events to be taken again over both ways', () => load.overHttp > http && load.overAmqp > amqp, 30)
  const seconds = (Date.now() - backAt) / 1000
  await pause(2000)
  assert.ok(refused > 0, 'Expected events to be refused while the broker was away, but all were taken.')
  return { note: `events were taken again ${seconds.toFixed(1)} s after it was back` }
}
