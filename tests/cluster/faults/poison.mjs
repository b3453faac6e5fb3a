import assert from 'node:assert/strict'
import amqp from 'amqplib'
import { pause } from '../cluster.mjs'
import { until } from '../servers.mjs'

/** Envelopes that nobody can read, in several partitions' queues. They are put aside with their reason and hold nothing up. */
export async function fault(cluster) {
  const connection = await amqp.connect(cluster.environment.AUTOMATION_RABBITMQ)
  const channel = await connection.createConfirmChannel()
  const whole = await anEnvelope(channel)
  const noise = Buffer.from(Array.from({ length: 64 }, () => Math.floor(cluster.random() * 256)))
  const poison = [Buffer.alloc(0), Buffer.from('{"type":"track"}'), noise, whole.subarray(0, whole.length - 3), Buffer.concat([whole, Buffer.from([1])])]
  poison.forEach((body, n) => channel.publish('automation.partitions', String(n), body, { persistent: true, mandatory: true }))
  channel.publish('automation.ingress', 'shop', Buffer.from('no json'), { persistent: true, mandatory: true })
  await channel.waitForConfirms()
  const buried = poison.length + 1
  await until('all of it to lie with the dead letters', async () => (await channel.checkQueue('automation.dead')).messageCount >= buried, 15)
  await pause(2000)
  await connection.close()
  // As an operator sees them, and puts them back: they die again, each once.
  const server = ['--server', cluster.api.url, '--key', cluster.key, '--json']
  const listed = JSON.parse(await cluster.automation('dead-letters', 'list', ...server)).letters
  assert.equal(listed.length, buried, 'Expected all of them in the list.')
  for (const letter of listed) assert.match(letter.reason, /Expected/, 'Expected a reason beside each dead letter.')
  assert.equal(JSON.parse(await cluster.automation('dead-letters', 'replay', ...server)).replayed, buried)
  await until('them to die again', async () => JSON.parse(await cluster.automation('dead-letters', 'list', ...server)).letters.length === buried, 15)
  // And throws most of them away: what stays was not meant.
  const thrown = JSON.parse(await cluster.automation('dead-letters', 'discard', '--count', String(buried - 1), '--reason', 'noise', ...server))
  assert.deepEqual([thrown.discarded, thrown.left], [buried - 1, 1])
  return { note: `${buried} unreadable envelopes were put aside with their reasons, put back, put aside again, and all but one thrown away` }
}

// As the api publishes it, caught by a queue of our own.
async function anEnvelope(channel) {
  const { queue } = await channel.assertQueue('', { exclusive: true })
  await channel.bindQueue(queue, 'automation.partitions', '0')
  const caught = await new Promise((resolve) => channel.consume(queue, resolve, { noAck: true }))
  await channel.deleteQueue(queue)
  return caught.content
}
