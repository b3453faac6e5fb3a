import {
  ApiOutlined, ApartmentOutlined, ClockCircleOutlined, EditOutlined, FieldTimeOutlined, NotificationOutlined, PercentageOutlined, SendOutlined,
  StopOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { StepType } from '../model/journey'

/** What a kind of step looks like. */
export const kinds: Record<StepType, { icon: ReactNode; colour: string; group: 'reach' | 'flow' | 'data' }> = {
  send: { icon: <SendOutlined />, colour: '#2f7df6', group: 'reach' },
  call: { icon: <ApiOutlined />, colour: '#1494b8', group: 'reach' },
  wait: { icon: <ClockCircleOutlined />, colour: '#e08a00', group: 'flow' },
  wait_for: { icon: <FieldTimeOutlined />, colour: '#e08a00', group: 'flow' },
  branch: { icon: <ApartmentOutlined />, colour: '#1d9d6c', group: 'flow' },
  split: { icon: <PercentageOutlined />, colour: '#8a4fd6', group: 'flow' },
  exit: { icon: <StopOutlined />, colour: '#c9453c', group: 'flow' },
  update: { icon: <EditOutlined />, colour: '#5d6b82', group: 'data' },
  emit: { icon: <NotificationOutlined />, colour: '#5d6b82', group: 'data' },
}
export const kindOf = (type: string) => kinds[type as StepType] ?? kinds.exit
export const groups = ['reach', 'flow', 'data'] as const
