// Kill -9 at seeded moments while events pour in, eight times over. What the server acknowledged must be in the ledger exactly
// once, every order must have got its message exactly once (or stand among the unknown ones), the seals must hold, and every
// contact must be the fold of its records.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { automation, exported, Server } from './server.mjs'
import { Load, chance } from './load.mjs'
import { Receiver } from './receiver.mjs'

const seed = Number(process.argv[2] ?? 42)
const rounds = Number(process.argv[3] ?? 8)
const workspace = fileURLToPath(new URL('workspace', import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'automation-crash-'))
const data = join(folder, 'data')
const random = chance(seed)
const receiver = new Receiver()
let server

try {
  const { key: writeKey } = await automation('key', 'create', '--data', data, '--role', 'write')
  const { key: adminKey } = await automation('key', 'create', '--data', data, '--role', 'admin')

  // Accounts that must never be repeated: like an SMS vendor, they would send a second time. One can be asked what became of a
  // message, the other cannot.
  const url = await receiver.start()
  server = await Server.start(data, adminKey)
  await server.put('/api/accounts/receiver', { connector: 'webhook', configuration: { url, allow_private_networks: true } })
  await server.put('/api/accounts/once', { connector: 'sandbox', configuration: { latency_ms: 15, idempotency: 'none' } })
  await server.stop()

  const load = new Load(seed, writeKey)
  for (let round = 1; round <= rounds; round++) {
    server = await Server.start(data, adminKey, workspace)
    const before = load.acknowledged.size
    const pouring = load.pour(server.url)
    await new Promise((resolve) => setTimeout(resolve, 300 + Math.floor(random() * 1200)))
    await server.kill()
    await load.stop(pouring)
    console.log(`round ${round}: ${load.acknowledged.size - before} events acknowledged, ${load.unsure.length} batches in doubt`)
  }

  server = await Server.start(data, adminKey, workspace)
  await load.repeatUnsure(server.url)
  await server.untilQuiet()
  const messages = await server.all('/api/messages', 'messages')
  const mailbox = await server.all('/api/sandbox/mailbox', 'messages')
  await server.stop()

  const records = await exported(data, join(folder, 'ledger.ndjson'))
  const events = records.filter((row) => row.kind === 'event').map((row) => row.event)
  const facts = records.filter((row) => row.kind !== 'event')
  const verdict = await automation('audit', 'verify', '--data', data, '--rebuild')

  judge({ load, events, facts, messages, mailbox, hooks: receiver.arrivals, verdict })
} catch (error) {
  console.error(server?.log().slice(-6000) ?? '')
  console.error(error)
  process.exitCode = 1
} finally {
  await server?.kill()
  receiver.stop()
  await rm(folder, { recursive: true, force: true })
}

function judge({ load, events, facts, messages, mailbox, hooks, verdict }) {
  const times = new Map()
  for (const event of events) times.set(event.message_id, (times.get(event.message_id) ?? 0) + 1)
  const lost = [...load.acknowledged].filter((id) => !times.has(id))
  const doubled = [...times].filter(([, count]) => count > 1)
  assert.deepEqual(lost, [], 'Expected every acknowledged event in the ledger, but some are missing.')
  assert.deepEqual(doubled, [], 'Expected every event once, but some stand twice.')
  assert.ok(load.acknowledged.size > 0, 'Expected the load to get through, but nothing was acknowledged.')

  const orders = events.filter((event) => event.name === 'order_paid')
  for (const [journey, step] of [['order-thanks', 'thanks'], ['order-hook', 'tell']]) {
    const enrolled = facts.filter((fact) => fact.kind === 'enrolled' && fact.journey === journey)
    assert.equal(enrolled.length, orders.length, `Expected each order to enrol once in ${journey}.`)
    assert.equal(messages.filter((message) => message.step === step).length, orders.length, `Expected one message for each order at ${step}.`)
  }
  assert.equal(new Set(messages.map((message) => message.id)).size, messages.length, 'Expected message ids to be unique.')

  const unknown = messages.filter((message) => message.status === 'unknown')
  const arrived = new Map(mailbox.map((mail) => [mail.message_id, mail]))
  assert.equal(arrived.size, mailbox.length, 'Expected each message once in the mailbox.')
  for (const message of messages) {
    assert.match(message.status, /^(sent|delivered|unknown)$/, `Expected an outcome, but found ${JSON.stringify(message)}.`)
    const came = message.channel === 'webhook' ? hooks.has(message.id.replaceAll('-', '')) : arrived.has(message.id)
    if (message.status !== 'unknown') assert.ok(came, `Expected it to have arrived, but it has not: ${JSON.stringify(message)}; ${hooks.size} hooks, ${mailbox.length} mails.`)
  }
  const twice = mailbox.filter((mail) => mail.account === 'once' && mail.arrivals > 1)
  assert.deepEqual(twice, [], 'Expected nothing to go out twice through an account that must not be repeated.')
  const hookedTwice = [...hooks].filter(([, count]) => count > 1)
  assert.deepEqual(hookedTwice, [], 'Expected no webhook twice.')
  const told = new Set(facts.filter((fact) => fact.kind === 'message_unknown').map((fact) => fact.details.message))
  for (const message of unknown) assert.ok(told.has(message.id), `Expected a fact that ${message.id} is unknown.`)

  assert.equal(verdict.intact, true, `Expected the chain of seals intact, but: ${verdict.problem}`)
  assert.equal(verdict.rebuilt.differing, 0, `Expected every contact to be the fold of its records, but ${verdict.rebuilt.differing_contacts} differ.`)

  const repeated = mailbox.filter((mail) => mail.arrivals > 1).length
  console.log(`${load.acknowledged.size} events acknowledged, ${events.length} in the ledger, none lost, none twice`)
  console.log(`${orders.length} orders, ${messages.length} messages, ${mailbox.length} in the mailbox, ${hooks.size} webhooks, none twice, ${unknown.length} unknown and listed, ${repeated} handed to an idempotent account again`)
  console.log(`${verdict.facts} facts under ${verdict.seals} seals intact, ${verdict.rebuilt.contacts} contacts rebuilt, 0 differ`)
}
