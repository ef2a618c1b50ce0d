const lookAround = /\(\?<?[=!]|\\[1-9]/

/** Why RE2 does not take a user's pattern, in words; what it lacks is said where the pattern uses it. */
export function patternRefusal(cause: unknown, source: string): string {
  const words = cause instanceof Error ? cause.message.replace(/^error parsing regexp:\s*/, '') : 'it does not parse'
  const lacks = lookAround.test(source) ? ' Look-around and back references do not exist here.' : ''
  return `This pattern can’t be used: ${words.replace('`(?i)', '`')}.${lacks}`
}
