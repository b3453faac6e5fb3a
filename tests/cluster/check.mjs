// One fault after another in the life of one cluster, under load, with people of its own each. After each fault every promise is
// asked for: accepted events are in the ledger exactly once, no message came to its vendor twice, caps hold, the seals are intact, and every
// contact is the fold of its records.
//
//   node check.mjs [seed] [fault …]     the names are those of the files in faults
import { readdir } from 'node:fs/promises'
import { Cluster, pause } from './cluster.mjs'
import { judge, judgeExport } from './judge.mjs'
import { withFolder } from './servers.mjs'

const seed = Number(process.argv[2] ?? 42)
const asked = process.argv.slice(3)
const order = [
  'worker-killed', 'dispatcher-killed', 'api-killed', 'rabbitmq-restarted', 'postgres-restarted', 'postgres-frozen', 'redis-away',
  'poison', 'queue-full', 'repeated-and-reordered', 'clocks-apart', 'partition-stolen', 'held', 'two-apis', 'rolling-restart',
]
const names = order.filter((name) => asked.length === 0 || asked.includes(name))
const files = (await readdir(new URL('faults', import.meta.url))).map((file) => file.replace('.mjs', ''))
if (files.some((file) => !order.includes(file))) throw new Error(`Expected every file of faults in the order, but found ${files}.`)

await withFolder(async (folder) => {
  let cluster
  let doing = 'start'
  try {
    cluster = await Cluster.start(folder, seed)
    cluster.say(`an api, two workers and a dispatcher are up, seed ${seed}`)
    let before = { events: 0, messages: 0, suppressed: 0, unknown: 0, facts: 0 }
    for (const name of names) {
      doing = name
      const { fault } = await import(`./faults/${name}.mjs`)
      before = await suffer(cluster, name, fault, before)
    }
    doing = 'export'
    await judgeExport(cluster, before)
    cluster.say(`all of it is in the export: ${before.events} events, ${before.facts} facts`)
  } catch (error) {
    for (const node of cluster?.nodes ?? []) console.error(`== ${node.name}\n${node.log.slice(-4000)}`)
    console.error(`== ${doing}`)
    console.error(error)
    process.exitCode = 1
  } finally {
    await cluster?.end()
  }
})

async function suffer(cluster, name, fault, before) {
  const load = cluster.load
  load.start(name)
  await pause(1500)
  const { note, after } = await fault(cluster)
  await load.stop()
  await load.repeatUnsure()
  await cluster.untilQuiet(load.accepted.size)
  const counts = await judge(cluster)
  const more = await after?.(counts)
  const grown = (what) => counts[what] - before[what]
  cluster.say(`${name}: ${[note, more].filter(Boolean).join('; ')}; ${grown('events')} events, none lost, none twice; ${grown('messages')} messages, none twice, `
    + `${grown('unknown')} unknown and listed, ${grown('suppressed')} held back by the cap; ${counts.facts} facts under ${counts.seals} seals intact, ${counts.contacts} contacts rebuilt, 0 differ`)
  return counts
}
