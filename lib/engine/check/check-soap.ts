import { isXmlName } from '../delivery/xml-text'
import { Request } from '../schema'
import { checkMappings } from './check-mappings'
import { checkSecrets } from './check-secrets'
import { type Place, under } from './place'
import type { Problems } from './problems'

/** What is wrong with the SOAP part of a request. */
export function checkSoap(request: Request, to: Problems, place: Place): void {
  const { path, stepId } = place
  const { soap = {}, format } = request
  const at = (name: string) => under(path, `soap.${name}`)
  const operation = soap.operation?.trim() ?? ''
  if (operation === '') {
    to.add(
      'error',
      at('operation'),
      'Name the operation: the element in the body of the message. A WSDL tells it.',
      stepId,
    )
  } else if (!isXmlName(operation)) {
    to.add(
      'error',
      at('operation'),
      `“${operation}” can’t name an operation. Start with a letter, without spaces.`,
      stepId,
    )
  }
  if (soap.prefix?.trim() && !/^[\p{L}_][\p{L}\d_.-]*$/u.test(soap.prefix.trim())) {
    to.add('error', at('prefix'), `“${soap.prefix}” is no prefix. Use letters, like tns.`, stepId)
  }
  if (!soap.namespace?.trim()) {
    to.add(
      'warning',
      at('namespace'),
      'Most services ask for their namespace; its WSDL names it as targetNamespace.',
      stepId,
    )
  }
  checkSecrets(Request, { soap }, to, place)
  checkMappings(soap.headers ?? {}, format, at('headers'), to, place)
}
