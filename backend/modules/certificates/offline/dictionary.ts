/**
 * Words that deflate may refer to without their being in the payload: names of fields, and phrases of certificates. Part of format 1: one
 * character changed here makes every printed code unreadable, so another dictionary needs another format. The commonest stand last.
 */
export const DICTIONARY_1 = [
  '土地承包经营权 宅基地使用权/房屋（构筑物）所有权 地役权 居住权 异议登记 预告登记 其他共有 按份共有（ 独用土地使用权面积 平房 砖木 混合 ',
  '东昌府区 茌平区 临清市 冠县 莘县 阳谷县 东阿县 高唐县 经济技术开发区 高新技术产业开发区 旅游度假区 街道 社区 小区 花园 号楼 单元 室 车位 储藏室 ',
  '"最高额抵押"],["最高债权额","见抵押合同"],["期限","注销时 passport creditCode unifiedCreditCode 银行股份有限公司 有限公司 分行 支行 ',
  '划拨/ 其他/自建房 商业服务用地/商业 办公 工业用地/工业 科教用地 城镇住宅用地/成套住宅 住宅 出让/存量房 出让/市场化商品房 商品房 ',
  '["抵押方式","一般抵押"],["被担保主债权数额","0,000.00元"],["债务履行期限","年月日 至 "],["担保范围","主债权及利息、违约金、实现抵押权的费用"],["抵押顺位","第 1 顺位"],["禁止或限制转让的约定","无"]]]',
  'queryResult:["https://","localhost:8080/ledger","certificate:","2026-11-30T00:00:00.000Z",[',
  '["address","山东省聊城市东昌府区路"],["agency","聊城市自然资源和规划局"],["area","房屋建筑面积 ㎡，专有建筑面积 ㎡，分摊建筑面积 ㎡"],["caseNo","2026"],',
  '["coOwnership","共同共有"],["coOwnership","单独所有"],["district","东昌府区"],["holders",[{"idKind":"residentId","name":"","share":null},{"idKind":"residentId","name":"","share":"1/2"}]],',
  '["kind","certification"],["kind","title"],["nature","出让/商品房"],["notes",["业务编号："]],["number","鲁(2026)聊城市不动产证明第000"],["number","鲁(2026)聊城市不动产权第000号"],["obligors",[]],',
  '["other",[["持证方式","共同持证"],["持证方式","单独持证"],["房屋结构","钢筋混凝土结构"],["楼层","总层数 层，所在层 第 层"],["竣工时间","20"]]],',
  '["registeredOn","2026-"],["subject","抵押权"],["subject","国有建设用地使用权/房屋（构筑物）所有权"],["term","国有建设用地使用权 至 2070年月日 止"],["unitCode","371502001001GB00001F00"],["use","城镇住宅用地/住宅"],["version",1]]]',
].join('');
