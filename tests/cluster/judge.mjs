// The promises of the engine, asked of the ledger, of the vendors, and of the store after each fault.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const capAtMost = 3

/** Everything since the start is looked at again each time; the counts are of all of it. */
export async function judge(cluster) {
  const file = join(cluster.folder, 'ledger.ndjson')
  const store = ['--postgres', cluster.environment.AUTOMATION_POSTGRES]
  const [verdict] = await Promise.all([
    cluster.automation('audit', 'verify', ...store, '--rebuild', '--json').then(JSON.parse),
    cluster.automation('audit', 'export', ...store, '--events', '--out', file),
  ])
  const records = lines(await readFile(file, 'utf8'))
  const events = records.filter((row) => row.kind === 'event').map((row) => row.event)
  const facts = records.filter((row) => row.kind !== 'event')
  const messages = (await cluster.sql.rows('SELECT message.id, contact, step, status FROM message JOIN message_state USING (number)'))
    .map(([id, contact, step, status]) => ({ id, contact, step, status: Number(status) }))

  const counts = { events: events.length, facts: verdict.facts, seals: verdict.seals, messages: messages.length }
  once(cluster.load, events)
  counts.suppressed = messagesOfOrders(events, facts, messages)
  Object.assign(counts, atVendors(cluster, facts, messages, lines(await readFile(cluster.mailbox, 'utf8'))))
  assert.equal(verdict.intact, true, `Expected the chains of seals intact, but: ${verdict.problem}`)
  assert.equal(verdict.rebuilt.differing, 0, `Expected every contact to be the fold of its records, but ${verdict.rebuilt.differing_contacts} differ.`)
  counts.contacts = verdict.rebuilt.contacts
  return { counts, records }
}

function once(load, events) {
  const times = count(events.map((event) => event.message_id))
  const lost = [...load.accepted].filter((id) => !times.has(id))
  assert.deepEqual(lost.slice(0, 10), [], `Expected every accepted event in the ledger, but ${lost.length} are missing.`)
  assert.deepEqual([...times].filter(([, n]) => n > 1), [], 'Expected every event once, but some stand twice.')
  const unasked = [...times.keys()].filter((id) => !load.accepted.has(id))
  assert.deepEqual(unasked.slice(0, 10), [], `Expected nothing in the ledger that nobody was told of, but ${unasked.length} events are.`)
}

// Each order is one webhook and one note; its thanks is a message, or a fact that the cap forbade it.
function messagesOfOrders(events, facts, messages) {
  const orders = events.filter((event) => event.name === 'order_paid').length
  const suppressed = facts.filter((fact) => fact.kind === 'message_suppressed')
  assert.deepEqual(suppressed.filter((fact) => fact.reason !== 'frequency_cap'), [], 'Expected no message to be held back but by the cap.')
  const steps = count(messages.map((message) => message.step))
  for (const step of ['note', 'tell']) assert.equal(steps.get(step) ?? 0, orders, `Expected one message for each order at ${step}.`)
  assert.equal((steps.get('thanks') ?? 0) + suppressed.length, orders, 'Expected a message or a suppression for each order at thanks.')
  const thanked = count(messages.filter((message) => message.step === 'thanks').map((message) => message.contact))
  const over = [...thanked].filter(([, n]) => n > capAtMost)
  assert.deepEqual(over, [], `Expected at most ${capAtMost} messages by SMS for each contact.`)
  return suppressed.length
}

function atVendors(cluster, facts, messages, mailbox) {
  const arrived = count(mailbox.map((mail) => mail.id))
  for (const [id, n] of cluster.receiver.arrivals) arrived.set(dashed(id), n)
  const listed = new Set(facts.filter((fact) => fact.kind === 'message_unknown').map((fact) => fact.details.message))
  for (const message of messages) {
    // Sent, delivered, or unknown.
    assert.ok([2, 3, 5].includes(message.status), `Expected an outcome, but found ${JSON.stringify(message)}.`)
    if (message.status === 5) assert.ok(listed.has(message.id), `Expected a fact that ${message.id} is unknown.`)
    else assert.ok(arrived.has(message.id), `Expected it at its vendor, but it is not there: ${JSON.stringify(message)}.`)
  }
  const twice = [...arrived].filter(([id, n]) => n > 1 && !listed.has(id))
  assert.deepEqual(twice, [], 'Expected no message twice at its vendor.')
  return { arrived: arrived.size, unknown: messages.filter((message) => message.status === 5).length }
}

function count(values) {
  const times = new Map()
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1)
  return times
}

function lines(text) { return text.split('\n').filter(Boolean).map((line) => JSON.parse(line)) }

function dashed(id) { return id.includes('-') ? id : id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') }
