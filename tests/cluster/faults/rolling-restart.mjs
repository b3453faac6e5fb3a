import assert from 'node:assert/strict'
import { cpus, loadavg } from 'node:os'
import { owned, partitions, pause } from '../cluster.mjs'
import { until } from '../servers.mjs'

/** Every worker is stopped in order and replaced, under load; orders are decided and on their way in seconds all the while. */
export async function fault(cluster) {
  const { load, receiver } = cluster
  await pause(1000)
  const from = Date.now()
  const handovers = []
  for (const old of [...cluster.workers]) {
    await cluster.addWorker()
    await until('the new worker to own something', () => owned(cluster.workers.at(-1)) > 0, 40)
    await pause(1000)
    cluster.workers = cluster.workers.filter((worker) => worker !== old)
    const goesAt = Date.now()
    await Promise.all([
      old.stop(),
      until('the others to own everything', () => cluster.workers.reduce((sum, worker) => sum + owned(worker), 0) === partitions, 20, 20),
    ])
    handovers.push((Date.now() - goesAt) / 1000)
  }
  await cluster.untilShared()
  const to = Date.now()
  return {
    note: `two workers replaced in ${((to - from) / 1000).toFixed(0)} s, hand-over ${handovers.map((one) => one.toFixed(1)).join(' and ')} s`,
    after: async () => {
      const decidedAt = new Map(await cluster.decisions())
      const orders = [...load.offeredAt].filter(([, at]) => at >= from && at < to)
      const decided = orders.map(([order, at]) => decidedAt.get(order) - at)
      const atVendor = orders.map(([order, at]) => receiver.firstAt.get(order) - at)
      assert.ok(orders.length > 100 && !decided.some(Number.isNaN) && !atVendor.some(Number.isNaN), 'Expected every order to be decided and at its vendor.')
      const p99 = quantile(decided, 0.99)
      // Two seconds are the goal. Where many more want the processors than there are, only a stand-still is refused: several
      // times what a killed worker's lease lasts.
      const busy = loadavg()[0]
      const limit = busy > 4 * cpus().length ? 30_000 : 2_000
      assert.ok(p99 < limit, `Expected 99 of 100 orders decided within ${limit} ms, but it took ${p99} ms at load ${busy.toFixed(0)}.`)
      return `decided after ${quantile(decided, 0.5)} ms median, ${p99} ms p99, ${Math.max(...decided)} ms at most; at the vendor after ${quantile(atVendor, 0.5)}, ${quantile(atVendor, 0.99)} and ${Math.max(...atVendor)} ms; load of the machine ${busy.toFixed(0)}`
    },
  }
}

function quantile(values, share) {
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]
}
