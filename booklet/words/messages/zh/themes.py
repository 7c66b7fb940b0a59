"""主题里的错误."""

MESSAGES: dict[str, str] = {
    "reason.theme-picture-missing": "{file} 第 {line} 行：主题文件夹里没有图片“{name}”",
    "reason.theme-picture-unreadable": "{name} 不是能读的图片",
}
