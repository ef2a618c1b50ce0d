/** One value that an operation takes: its path below the operation, and its type as the schema names it. */
export type WsdlArgument = { path: string; type: string; required: boolean; many: boolean; values?: string[] }

/** One thing that a SOAP service does, with all that a request needs to ask for it. */
export type WsdlOperation = {
  /** As the service calls it; `element` is what stands in the body of the message. */
  name: string
  element: string
  version: 'soap11' | 'soap12'
  action: string
  namespace: string
  style: 'document' | 'rpc'
  /** True when the arguments are in the namespace, too. */
  qualified: boolean
  /** Where the service says that it listens. */
  url?: string
  arguments: WsdlArgument[]
}

export type Wsdl = { operations: WsdlOperation[] }
