import assert from 'node:assert/strict'
import amqp from 'amqplib'
import { pause } from '../cluster.mjs'

/**
 * Envelopes are delivered again, in another order, with everything that goes through the partitions' queues: events and vendors'
 * outcomes. Batches come twice over HTTP as well, at once and shuffled.
 */
export async function fault(cluster) {
  const connection = await amqp.connect(cluster.environment.AUTOMATION_RABBITMQ)
  const channel = await connection.createConfirmChannel()
  const { queue } = await channel.assertQueue('', { exclusive: true })
  for (let partition = 0; partition < 8; partition++) await channel.bindQueue(queue, 'automation.partitions', String(partition))
  const seen = []
  await channel.consume(queue, (letter) => {
    // Questions have an asker, and are answered once.
    if (letter && !letter.properties.replyTo && !letter.properties.headers?.again) seen.push({ key: letter.fields.routingKey, body: letter.content })
  }, { noAck: true })

  let twice = 0
  for (let n = 0; n < 25; n++) {
    const batch = cluster.load.make(20)
    const shuffled = shuffle(batch, cluster.random)
    await Promise.all([cluster.load.send(batch), cluster.load.send(shuffled)])
    twice += batch.length
    await pause(60)
  }
  await pause(1500)
  const again = shuffle(seen, cluster.random)
  for (const { key, body } of again) channel.publish('automation.partitions', key, body, { persistent: true, headers: { again: true } })
  await channel.waitForConfirms()
  await pause(1500)
  await connection.close()
  assert.ok(again.length > 50, `Expected envelopes to deliver again, but there were ${again.length}.`)
  return { note: `${again.length} envelopes came again in another order, ${twice} events twice at once` }
}

function shuffle(list, random) {
  const mixed = [...list]
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[mixed[i], mixed[j]] = [mixed[j], mixed[i]]
  }
  return mixed
}
