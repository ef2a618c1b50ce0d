'use client'

import type { Auth, Endpoint, Secret } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { DraftFrame, DraftText } from '../flow/draft-field'
import { problemsAt } from '../flow/problem-notes'
import { NativeSelect } from '../ui/native-select'
import { authHints, authWords, blankAuth } from './auth-kinds'
import type { AuthPartProps, Kind } from './auth-part'
import { CustomHeaders } from './custom-headers'
import { OAuthFields } from './oauth-fields'
import { SecretField } from './secret-field'
import type { SignInTools } from './sign-in-tools'

type AuthEditorProps = {
  auth: Auth
  method: Endpoint['method']
  onChange: (auth: Auth) => void
  tools: SignInTools
  problems?: readonly Problem[]
}

/** How a request proves who sends it: one editor for sellers and buyers. */
export function AuthEditor({ auth, method, onChange, tools, problems = [] }: AuthEditorProps) {
  const here = problems.filter(({ path }) => path === 'auth')
  const props = { onChange, tools, problems }
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <DraftFrame label="Authentication" hint={authHints[auth.type]} problems={here} className="sm:col-span-2">
        {(control) => (
          <NativeSelect
            {...control}
            value={auth.type}
            onChange={(event) => onChange(blankAuth(event.target.value as Auth['type']))}
          >
            {Object.entries(authWords).map(([type, words]) => (
              <option key={type} value={type}>
                {words}
              </option>
            ))}
          </NativeSelect>
        )}
      </DraftFrame>
      {auth.type === 'basic' && <BasicFields auth={auth} {...props} />}
      {auth.type === 'bearer' && (
        <SecretField
          label="Token"
          value={auth.token}
          tools={tools}
          problems={problemsAt(problems, 'auth.token')}
          className="sm:col-span-2"
          onChange={(token) => onChange({ ...auth, token })}
        />
      )}
      {auth.type === 'api_key' && <KeyFields auth={auth} method={method} {...props} />}
      {auth.type === 'custom' && <CustomHeaders auth={auth} {...props} />}
      {(auth.type === 'oauth2_client_credentials' || auth.type === 'oauth2_refresh_token') && (
        <OAuthFields key={auth.type} auth={auth} {...props} />
      )}
    </div>
  )
}

function BasicFields({ auth, onChange, tools, problems }: AuthPartProps<'basic'>) {
  return (
    <>
      <DraftText
        label="User name"
        autoComplete="off"
        spellCheck={false}
        value={auth.username}
        maxLength={200}
        problems={problemsAt(problems, 'auth.username')}
        onChange={(username) => onChange({ ...auth, username })}
      />
      <SecretField
        label="Password"
        value={auth.password}
        tools={tools}
        problems={problemsAt(problems, 'auth.password')}
        onChange={(password) => onChange({ ...auth, password })}
      />
    </>
  )
}

const places = { header: 'In a header', query: 'In the query of the address', body: 'In the body' }

/** A key goes to one place, under the name that the place has for it. */
function keyIn(where: keyof typeof places, { key, header, parameter }: Kind<'api_key'>): Auth {
  const name: { key: Secret } = { key }
  return where === 'header'
    ? { type: 'api_key', in: where, header: header ?? 'X-Api-Key', ...name }
    : { type: 'api_key', in: where, parameter: parameter ?? 'api_key', ...name }
}

function KeyFields({
  auth,
  method,
  onChange,
  tools,
  problems,
}: AuthPartProps<'api_key'> & { method: Endpoint['method'] }) {
  const where = auth.in ?? 'header'
  const isHeader = where === 'header'
  return (
    <>
      <DraftFrame label="Where the key goes" problems={problemsAt(problems, 'auth.in')}>
        {(control) => (
          <NativeSelect
            {...control}
            value={where}
            onChange={(event) => onChange(keyIn(event.target.value as keyof typeof places, auth))}
          >
            {Object.entries(places).map(([place, words]) => (
              <option key={place} value={place} disabled={place === 'body' && method === 'GET'}>
                {words}
              </option>
            ))}
          </NativeSelect>
        )}
      </DraftFrame>
      <DraftText
        key={where}
        label={isHeader ? 'Header' : where === 'body' ? 'Name in the body' : 'Parameter'}
        mono
        autoComplete="off"
        spellCheck={false}
        value={(isHeader ? auth.header : auth.parameter) ?? ''}
        problems={problemsAt(problems, isHeader ? 'auth.header' : 'auth.parameter')}
        onChange={(name) => onChange(isHeader ? { ...auth, header: name.trim() } : { ...auth, parameter: name.trim() })}
      />
      <SecretField
        label="Key"
        value={auth.key}
        tools={tools}
        problems={problemsAt(problems, 'auth.key')}
        className="sm:col-span-2"
        onChange={(key) => onChange({ ...auth, key })}
      />
    </>
  )
}
