/** How carriers in China bill a text: one unit up to 70 characters, units of 67 beyond. The signature counts. */
export interface Bill {
  characters: number
  segments: number
}

export const segmentMax = 70
const segmentOfLong = 67

/** Characters as carriers count them: UTF-16 units, so an emoji is two. */
export function billOf(text: string): Bill {
  const characters = text.length
  return { characters, segments: characters <= segmentMax ? Math.min(1, characters) : Math.ceil(characters / segmentOfLong) }
}

/** What is on the phone: the signature stands before the text unless the text has it already. */
export const withSign = (text: string, sign: string | undefined) => (!sign || text.startsWith('【') ? text : `【${sign.replace(/^【|】$/g, '')}】${text}`)

const kept = 'automation.sms_price'

/** Price of a unit in yuan; each workspace has its own contract, so it is asked once and kept in the browser. */
export const priceNow = () => Number(localStorage.getItem(kept) ?? 0.045)
export const keepPrice = (price: number) => localStorage.setItem(kept, String(price))
