import type { DestinationTest } from '@/lib/engine/schema'

export type DestinationPart = 'where' | 'sign-in' | 'mapping' | 'ping' | 'test'
/** Why a test lead may not have got through, and the part of the setup where that is mended. */
export type Cause = { title: string; text: string; part?: DestinationPart }

const failed = (test: DestinationTest, name: string) =>
  test.checks.some((check) => check.name === name && !check.passed)

const authentication: Cause = {
  title: 'Authentication Failed',
  text: 'Your system did not take the credential. Copy it again from there, check that it is the right kind (user name, bearer token or API key), and that it was not revoked.',
  part: 'sign-in',
}
const wrongAddress: Cause = {
  title: 'Nothing listens at this path',
  text: 'The server answered, but not for this address. Compare the URL with your system’s documentation, letter by letter, and check that it takes POST.',
  part: 'where',
}
const certificate: Cause = {
  title: 'The certificate is not right',
  text: 'It may have expired, be for another name, or miss a part of its chain; or this port does not speak https at all.',
  part: 'where',
}
const noToken: Cause = {
  title: 'No access token could be had',
  text: 'Before each lead Baton asks your token server for a token. Check the token URL, the client id and the secret, and get a token there to see what it answers.',
  part: 'sign-in',
}
const clientCertificate: Cause = {
  title: 'The client certificate was not taken',
  text: 'Your server asks who calls by certificate. Check that the one given here is still valid, and that your server trusts the authority that signed it.',
  part: 'sign-in',
}
const refused: Cause = {
  title: 'Your system refused the fields',
  text: 'A name may be spelled differently there, a required field may be missing, or a value may have another format. Its answer below usually says which.',
  part: 'mapping',
}
const ownTrouble: Cause = {
  title: 'Your system has an error of its own',
  text: 'It answered that something failed inside. Look into its log at the time of this test.',
}

function ofStatus(status: number): Cause[] {
  if (status === 401 || status === 403) return [authentication]
  if (status === 404 || status === 405 || status === 410) return [wrongAddress]
  if (status >= 300 && status < 400) {
    return [
      {
        ...wrongAddress,
        title: 'The address has moved',
        text: 'Your system points to another address. Redirects are not followed: give the final one.',
      },
    ]
  }
  if (status >= 500) return [ownTrouble]
  if (status >= 400) return [refused]
  return [
    {
      title: 'This code does not count as success yet',
      text: `If your system means ${status} as a yes, add it to the success codes.`,
      part: 'mapping',
    },
  ]
}

function ofMessage(test: DestinationTest, from: string): Cause[] {
  const says = (pattern: RegExp) => test.checks.some(({ message }) => pattern.test(message))
  if (says(/token/i)) return [noToken]
  if (says(/client certificate/i)) return [clientCertificate]
  if (says(/secure|certificate|https/i)) return [certificate]
  if (says(/credential/i)) return [authentication]
  return [
    { title: 'The URL is not right', text: 'Check the host name and the port.', part: 'where' },
    {
      title: 'A firewall is in the way',
      text: `Your firewall or network may allow known callers only. Let the network team allow requests from Baton.${from}`,
    },
  ]
}

/** The usual reasons for what this test showed, most likely first. `egressIps` are the addresses that requests come from. */
export function failureCauses(test: DestinationTest, egressIps: string): Cause[] {
  const from = egressIps ? ` Requests come from ${egressIps}.` : ''
  if (failed(test, 'Reached')) {
    return ofMessage(test, from)
  }
  if (failed(test, 'Answered in time')) {
    return [
      { title: 'Your system is too slow', text: 'Answer as soon as the lead is stored, and do the rest afterwards.' },
      {
        title: 'A firewall swallows the answer',
        text: `Some firewalls let a request in and drop what comes back.${from}`,
      },
    ]
  }
  const status = test.response?.status
  if (failed(test, 'Success code') && status !== undefined) return ofStatus(status)
  if (failed(test, 'Required fields mapped')) {
    return [
      {
        title: 'A required field is not mapped',
        text: 'Map it to a shared field, or take its mark off.',
        part: 'mapping',
      },
    ]
  }
  return [
    refused,
    {
      title: 'The answer is read wrongly',
      text: 'The place or the value that means yes may be another one. Compare what you entered with the answer below.',
      part: 'mapping',
    },
  ]
}
