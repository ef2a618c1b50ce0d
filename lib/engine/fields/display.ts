import { formatMoney } from '../../money'
import { type FieldType, maskedTypes } from '../schema'
import type { FieldValue, PackedValue } from '../types'

/** A value as people read it, packed or not: masked types as stars, phones and money in their usual form, "" for blank. */
export function displayValue(value: FieldValue | PackedValue): string {
  const normal = 'normal' in value ? value.normal : value.value
  const valid = 'normal' in value ? value.valid === true : !value.invalid
  if (Array.isArray(normal)) return normal.map((element) => displayOne(value.type, element, valid)).join(', ')
  return displayOne(value.type, normal, valid)
}

function displayOne(type: FieldType, normal: unknown, valid: boolean): string {
  if (normal === null || normal === undefined || normal === '') return ''
  if (maskedTypes.has(type)) return type === 'ssn' ? '***-**-****' : '********'
  if (typeof normal === 'boolean') return normal ? 'Yes' : 'No'
  if (type === 'currency' && typeof normal === 'number') return formatMoney(Math.round(normal * 100))
  return type === 'phone' && valid ? displayPhone(String(normal)) : String(normal)
}

const northAmerican = /^([2-9*][\d*]{2})([2-9*][\d*]{2})([\d*]{4})(?:x([\d*]+))?$/

function displayPhone(normal: string): string {
  const [, area, exchange, line, extension] = northAmerican.exec(normal) ?? []
  if (!area) return normal
  return `(${area}) ${exchange}-${line}${extension ? ` x${extension}` : ''}`
}
