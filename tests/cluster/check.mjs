// The topology of docker-compose.yml on private servers: PostgreSQL, RabbitMQ, Redis, an api, two workers, a dispatcher. Events come
// over HTTP and over AMQP; a worker is killed with -9 in the middle, and another one later is stopped in order. Whatever was accepted must be
// in the ledger exactly once, no message may reach its connector twice, the seals must hold, and every contact must be the fold of its records.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Load } from '../crash/load.mjs'
import { Ingress } from './ingress.mjs'
import { Node, PrivateServer, until, withFolder } from './servers.mjs'

const seed = Number(process.argv[2] ?? 42)
const run = promisify(execFile)
const workspace = fileURLToPath(new URL('workspace', import.meta.url))
const started = []
const begun = Date.now()

await withFolder(async (folder) => {
  try {
    await check(folder)
  } catch (error) {
    for (const one of started) if (one.log) console.error(`== ${one.name}\n${one.log.slice(-3000)}`)
    console.error(error)
    process.exitCode = 1
  } finally {
    for (const node of started.filter((one) => one instanceof Node)) await node.kill()
    for (const server of started.filter((one) => one instanceof PrivateServer)) await server.end()
  }
})

async function check(folder) {
  const [postgres, rabbit, redis] = await Promise.all(['postgres', 'rabbitmq', 'redis'].map((name) => keep(PrivateServer.start(name, folder))))
  const environment = {
    AUTOMATION_POSTGRES: `Host=127.0.0.1;Port=${postgres.port};Username=automation;Database=automation`,
    AUTOMATION_RABBITMQ: `amqp://guest:guest@127.0.0.1:${rabbit.port}/`,
    AUTOMATION_REDIS: `127.0.0.1:${redis.port}`,
    AUTOMATION_PARTITIONS: '8',
    AUTOMATION_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    AUTOMATION_LOG_LEVEL: 'information',
  }
  const of = (name, role, more = {}) => ({ ...environment, AUTOMATION_ROLE: role, AUTOMATION_DATA: join(folder, name), ...more })

  const [first, second] = await Promise.all([
    keep(Node.start('worker-1', of('worker-1', 'worker'))), keep(Node.start('worker-2', of('worker-2', 'worker'))),
  ])
  const dispatcher = await keep(Node.start('dispatcher', of('dispatcher', 'dispatcher')))
  const api = await keep(Node.start('api', of('api', 'api', { AUTOMATION_WORKSPACE: workspace })))
  const [adminKey, writeKey] = ['admin', 'write'].map((role) => api.log.match(new RegExp(`${role} key: (\\S+)`))[1])
  say('api, two workers and a dispatcher are up')
  await until('both workers to own partitions', () => owners(first) > 0 && owners(second) > 0, 30)

  const load = new Load(seed, writeKey)
  const ingress = new Ingress(seed, environment.AUTOMATION_RABBITMQ)
  const pouring = load.pour(api.url)
  const publishing = ingress.pour()
  await pause(4000)

  const killedAt = Date.now()
  const before = load.acknowledged.size
  const had = owners(first)
  await first.kill()
  await until('the other worker to own everything', () => owners(second) === 8, 30)
  const handover = (Date.now() - killedAt) / 1000
  await pause(2000)
  assert.ok(load.acknowledged.size > before, 'Expected events to be taken while a worker was gone, but none was.')
  assert.ok(handover < 15, `Expected the killed worker's partitions at the other within 15 s, but it took ${handover} s.`)

  say(`worker-1 was killed with -9; its ${had} partitions are decided at worker-2 after ${handover.toFixed(1)} s`)

  // A new worker comes, and takes its share; then the old one goes in order.
  const third = await keep(Node.start('worker-3', of('worker-3', 'worker')))
  await until('the new worker to have its share', () => owners(third) === 4, 60)
  const goesAt = Date.now()
  await second.stop()
  await until('the new worker to own everything', () => owners(third) === 8, 15)
  const orderly = (Date.now() - goesAt) / 1000
  say(`worker-3 has come, worker-2 has gone in order; the last partition moved after ${orderly.toFixed(1)} s`)
  await pause(1000)
  await Promise.all([load.stop(pouring), ingress.stop(publishing)])
  await load.repeatUnsure(api.url)

  await untilQuiet(api.url, adminKey, load.acknowledged.size + ingress.confirmed.size)
  const messages = await all(api.url, adminKey, '/api/messages', 'messages')
  for (const node of [api, dispatcher, third]) await node.stop()
  const mailbox = (await readFile(join(folder, 'dispatcher', 'sandbox.ndjson'), 'utf8')).split('\n').filter(Boolean).map((line) => JSON.parse(line))

  const file = join(folder, 'ledger.ndjson')
  await automation(environment, 'audit', 'export', '--postgres', environment.AUTOMATION_POSTGRES, '--events', '--out', file)
  const records = (await readFile(file, 'utf8')).split('\n').filter(Boolean).map((line) => JSON.parse(line))
  const verdict = JSON.parse(await automation(environment, 'audit', 'verify', '--postgres', environment.AUTOMATION_POSTGRES, '--rebuild', '--json'))
  judge({ load, ingress, records, messages, mailbox, verdict })
}

function judge({ load, ingress, records, messages, mailbox, verdict }) {
  const events = records.filter((row) => row.kind === 'event').map((row) => row.event)
  const facts = records.filter((row) => row.kind !== 'event')
  const times = new Map()
  for (const event of events) times.set(event.message_id, (times.get(event.message_id) ?? 0) + 1)
  const accepted = [...load.acknowledged, ...ingress.confirmed]
  assert.deepEqual(accepted.filter((id) => !times.has(id)), [], 'Expected every accepted event in the ledger, but some are missing.')
  assert.deepEqual([...times].filter(([, count]) => count > 1), [], 'Expected every event once, but some stand twice.')
  assert.ok(load.acknowledged.size > 0 && ingress.confirmed.size > 0, 'Expected events by both ways, but there are none.')

  const orders = events.filter((event) => event.name === 'order_paid')
  const enrolled = facts.filter((fact) => fact.kind === 'enrolled' && fact.journey === 'order-thanks')
  assert.equal(enrolled.length, orders.length, 'Expected each order to enrol once.')
  for (const step of ['thanks', 'note']) {
    assert.equal(messages.filter((message) => message.step === step).length, orders.length, `Expected one message for each order at ${step}.`)
  }
  const unknown = messages.filter((message) => message.status === 'unknown')
  const arrivals = new Map()
  for (const mail of mailbox) arrivals.set(mail.id, (arrivals.get(mail.id) ?? 0) + 1)
  for (const message of messages) {
    assert.match(message.status, /^(sent|delivered|unknown)$/, `Expected an outcome, but found ${JSON.stringify(message)}.`)
    if (message.status !== 'unknown') assert.ok(arrivals.has(message.id), `Expected it in the mailbox, but it is not: ${JSON.stringify(message)}`)
  }
  const unlisted = [...arrivals].filter(([id, count]) => count > 1 && !unknown.some((message) => message.id === id))
  assert.deepEqual(unlisted, [], 'Expected no message twice at its connector.')
  assert.equal(verdict.intact, true, `Expected the chains of seals intact, but: ${verdict.problem}`)
  assert.equal(verdict.rebuilt.differing, 0, `Expected every contact to be the fold of its records, but ${verdict.rebuilt.differing_contacts} differ.`)
  console.log(`${load.acknowledged.size} events accepted over HTTP, ${ingress.confirmed.size} over AMQP, ${events.length} in the ledger, none lost, none twice`)
  console.log(`${orders.length} orders, ${messages.length} messages, ${arrivals.size} at their connector, none twice, ${unknown.length} unknown and listed`)
  console.log(`${verdict.facts} facts under ${verdict.seals} seals intact, ${verdict.rebuilt.contacts} contacts rebuilt, 0 differ`)
}

/** Partitions that a worker decides now, by what its log says. */
function owners(node) {
  const owned = new Set()
  for (const [, partition, what] of node.log.matchAll(/Partition (\d+) (is decided here|is given back|has another owner)/g)) {
    if (what === 'is decided here') owned.add(partition)
    else owned.delete(partition)
  }
  return owned.size
}

async function untilQuiet(url, key, accepted) {
  let last = ''
  let same = 0
  await until('everything to be decided and sent', async () => {
    const open = await Promise.all(['queued', 'sending', 'failed'].map((status) => all(url, key, '/api/messages', 'messages', `&status=${status}`)))
    const verdict = await get(url, key, '/api/audit/verify')
    const now = `${verdict.events} ${verdict.facts}`
    same = now === last ? same + 1 : 0
    last = now
    return verdict.events >= accepted && open.every((rows) => rows.length === 0) && same >= 4
  }, 120, 700)
}

async function all(url, key, path, name, query = '') {
  const rows = []
  for (let next = null; ;) {
    const page = await get(url, key, `${path}?limit=1000${query}${next === null ? '' : `&before=${next}`}`)
    rows.push(...page[name])
    if (page.next === null || page.next === undefined) return rows
    next = page.next
  }
}

async function get(url, key, path) {
  const answer = await fetch(url + path, { headers: { Authorization: `Bearer ${key}` } })
  if (!answer.ok) throw new Error(`GET ${path} answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}

async function automation(environment, ...args) {
  const { stdout } = await run('dotnet', [process.env.AUTOMATION_SERVER_DLL, ...args], { env: { ...process.env, ...environment }, maxBuffer: 64 << 20 })
    .catch((error) => { if (error.code === 1 && error.stdout) return error; throw new Error(`automation ${args.join(' ')}: ${error.stderr || error.message}`) })
  return stdout
}

async function keep(starting) {
  const one = await starting
  started.push(one)
  return one
}

function say(text) { console.log(`${((Date.now() - begun) / 1000).toFixed(0).padStart(4)} s  ${text}`) }

function pause(milliseconds) { return new Promise((resolve) => setTimeout(resolve, milliseconds)) }
