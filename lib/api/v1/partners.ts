import { now } from '../../clock'
import {
  createPartner,
  deletePartner,
  getPartner,
  listPartners,
  partnerCapUse,
  updatePartner,
} from '../../partners/index'
import { ok } from '../../result'
import {
  createPartnerRoute,
  deletePartnerRoute,
  getPartnerRoute,
  listPartnersRoute,
  partnerCapUseRoute,
  updatePartnerRoute,
} from './partner-routes'
import { page, reply, written } from './reply'
import { newApi } from './router'
import { writeCapUse } from './shapes/flows'
import { readPartner, writePartner, writePartnerSummary } from './shapes/partners'

export const partnerApi = newApi()

partnerApi.openapi(listPartnersRoute, async (c) => {
  const { data, nextCursor } = await listPartners(c.var.actor, c.req.valid('query'))
  return reply(c, ok(page(data.map(writePartnerSummary), nextCursor)))
})

partnerApi.openapi(createPartnerRoute, async (c) =>
  reply(c, written(await createPartner(c.var.actor, readPartner(c.req.valid('json'))), writePartnerSummary), 201),
)

partnerApi.openapi(getPartnerRoute, async (c) =>
  reply(c, written(await getPartner(c.var.actor, c.req.valid('param').id), writePartner)),
)

partnerApi.openapi(updatePartnerRoute, async (c) => {
  const changed = await updatePartner(c.var.actor, { ...c.req.valid('param'), ...readPartner(c.req.valid('json')) })
  return reply(c, written(changed, writePartnerSummary))
})

partnerApi.openapi(deletePartnerRoute, async (c) =>
  reply(c, await deletePartner(c.var.actor, c.req.valid('param')), 204),
)

partnerApi.openapi(partnerCapUseRoute, async (c) => {
  const use = await partnerCapUse(c.var.actor, c.req.valid('param').id, now())
  return reply(
    c,
    written(use, (all) => page(all.map(writeCapUse))),
  )
})
