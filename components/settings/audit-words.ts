const words: Record<string, string> = {
  'account.create': 'created the account',
  'account.update': 'changed the account',
  'api-key.create': 'created an API key',
  'api-key.revoke': 'revoked an API key',
  'connection.delivery': 'chose where a connection delivers',
  'connection.pause': 'paused a connection',
  'connection.resume': 'resumed a connection',
  'connection.revoke': 'ended a connection',
  'destination.acknowledge': 'confirmed that a test lead arrived',
  'destination.create': 'created a destination',
  'destination.delete': 'deleted a destination',
  'destination.disable': 'disabled a destination',
  'destination.enable': 'enabled a destination',
  'destination.go-live': 'took a destination live',
  'destination.test': 'tested a destination',
  'destination.update': 'changed a destination',
  'flow.create': 'created a flow',
  'flow.draft.save': 'changed the draft of a flow',
  'flow.duplicate': 'duplicated a flow',
  'flow.publish': 'published a flow',
  'flow.restore': 'took an earlier version of a flow as the draft',
  'flow.update': 'changed a flow',
  'invitation.accept': 'accepted an invitation',
  'invitation.create': 'sent an invitation',
  'invitation.decline': 'declined an invitation',
  'invitation.resend': 'sent an invitation again',
  'invitation.revoke': 'revoked an invitation',
  'secret.reveal': 'looked at a credential',
  'session.end': 'signed a browser out',
  'source.create': 'added a source',
  'source.rotate-key': 'made a new key for a source',
  'source.update': 'changed a source',
  'step.disable': 'disabled a buyer step',
  'step.enable': 'enabled a buyer step',
}

/** What someone did, to follow their name: "published a flow". */
export function actionWords(action: string): string {
  const [kind = action, verb = ''] = action.split('.')
  return words[action] ?? `${verb.replaceAll('-', ' ')} ${kind.replaceAll('-', ' ')}`.trim()
}
