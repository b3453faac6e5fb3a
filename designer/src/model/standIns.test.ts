import { describe, expect, it } from 'vitest'
import { standIns } from './standIns'

describe('where a stand-in shows what it was sent', () => {
  it('is the root of an address on this machine, once for all accounts', () => {
    expect(standIns([{ endpoint: 'http://127.0.0.1:40123/aliyun', sign: 'shop' }, { endpoint: 'http://127.0.0.1:40123/wecom/', agent_id: 7 }])).toEqual(['http://127.0.0.1:40123/'])
  })
  it('is nowhere for a vendor that is not on this machine', () => {
    expect(standIns([{ endpoint: 'https://dysmsapi.aliyuncs.com' }, { endpoint: 'http://example.com:5080/' }, null, { endpoint: 'javascript:alert(1)' }])).toEqual([])
  })
})
