import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { owned, partitions, pause } from '../cluster.mjs'
import { until } from '../servers.mjs'

const libraries = '/usr/lib'

/**
 * A worker whose clock is a minute behind decides beside one that is right, people they both touch among them; then it goes, and the
 * other goes on with what it left. The clock is Debian's libfaketime; timers of the system, which count no dates, are left alone.
 */
export async function fault(cluster) {
  const library = readdirSync(libraries).map((folder) => join(libraries, folder, 'faketime/libfaketimeMT.so.1')).find(existsSync)
  if (!library) return { note: 'left out: there is no libfaketime here (Debian: apt-get install faketime)' }
  const { load } = cluster
  // What waits for time at the moment of taking over would wait a minute longer.
  await load.stop()
  await load.repeatUnsure()
  await cluster.untilQuiet(load.accepted.size)
  const right = cluster.workers[0]
  await cluster.workers.pop().stop()
  const slow = await cluster.addWorker({ LD_PRELOAD: library, FAKETIME: '-60s', FAKETIME_DONT_FAKE_MONOTONIC: '1' })
  await cluster.untilShared()

  load.start('clocks-apart')
  await pause(4000)
  cluster.workers = [right]
  await Promise.all([slow.stop(), until('the right one to own everything', () => owned(right) === partitions, 30)])
  await pause(1000)
  await cluster.addWorker()
  await cluster.untilShared()
  return {
    note: 'a worker a minute behind decided beside one that was right',
    after: async () => {
      const gaps = (await cluster.decisions()).map(([order, at]) => at - load.offeredAt.get(order))
      const behind = gaps.filter((gap) => gap < -30_000).length
      assert.ok(behind > 0, 'Expected decisions by the slow clock, but there were none.')
      return `${behind} orders by the slow clock`
    },
  }
}
