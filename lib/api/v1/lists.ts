import {
  addValues,
  createList,
  deleteList,
  findValues,
  getList,
  pageLists,
  removeValues,
  renameList,
} from '../../lists/index'
import { ok } from '../../result'
import {
  addValuesRoute,
  createListRoute,
  deleteListRoute,
  findValuesRoute,
  getListRoute,
  listListsRoute,
  removeValuesRoute,
  renameListRoute,
} from './list-routes'
import { page, reply, written } from './reply'
import { newApi } from './router'
import { writeList, writeListSummary, writeUpload } from './shapes/lists'

export const listApi = newApi()

listApi.openapi(listListsRoute, async (c) => {
  const { data, nextCursor } = await pageLists(c.var.actor, c.req.valid('query'))
  return reply(c, ok(page(data.map(writeListSummary), nextCursor)))
})

listApi.openapi(createListRoute, async (c) =>
  reply(c, written(await createList(c.var.actor, c.req.valid('json')), writeListSummary), 201),
)

listApi.openapi(getListRoute, async (c) =>
  reply(c, written(await getList(c.var.actor, c.req.valid('param').id), writeList)),
)

listApi.openapi(renameListRoute, async (c) => {
  const renamed = await renameList(c.var.actor, { ...c.req.valid('param'), ...c.req.valid('json') })
  return reply(c, written(renamed, writeListSummary))
})

listApi.openapi(deleteListRoute, async (c) => reply(c, await deleteList(c.var.actor, c.req.valid('param')), 204))

listApi.openapi(findValuesRoute, async (c) => {
  const found = await findValues(c.var.actor, { ...c.req.valid('param'), ...c.req.valid('query') })
  return reply(
    c,
    written(found, ({ values, nextCursor }) => page(values, nextCursor)),
  )
})

listApi.openapi(addValuesRoute, async (c) => {
  const added = await addValues(c.var.actor, { ...c.req.valid('param'), ...c.req.valid('json') })
  return reply(c, written(added, writeUpload))
})

listApi.openapi(removeValuesRoute, async (c) =>
  reply(c, await removeValues(c.var.actor, { ...c.req.valid('param'), ...c.req.valid('json') })),
)
