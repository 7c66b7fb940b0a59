"""What a page lacks when the PDF engine's release is another inside; follows “因此”."""

MESSAGES = {
    "reason.engine-lines": "中文行没有拉齐到版心边缘，标点也没有压缩",
    "reason.engine-paragraphs": "窄栏里有些行没有排满",
    "reason.engine-leaders": "PDF 会大一些（目录的连点）",
    "reason.engine-tables": "跨页的表格从开头起就标着“续表”",
    "reason.engine-notes": "脚注可能排到注码的后一页",
    "reason.engine-grid": "对开两页的行不再对齐",
    "reason.engine-pictures": "放不下的图片会在页尾留白",
    "reason.engine-ends": "文章末页可能只有一行",
    "reason.engine-openings": "标题可能孤立在页尾",
    "reason.engine-listings": "代码的空行可能排在页首或页尾",
    "reason.engine-numbers": "PDF 会大一些（数字写得更长）",
    "reason.engine-density": "PDF 会大一些，图片的精度超过印刷所需",
    "reason.engine-page-map": "报告、电子书的纸书页码表和阅读器里都没有页码",
    "reason.engine-log": "缺字和载入失败的图片不会报告，页数也不会显示",
    "reason.engine-chunks": "长册子作为一个整体排版，用时和内存会多一些",
}
