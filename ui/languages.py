"""Language of the window: the core's catalogue and Qt's own buttons, switched together."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from expertpool.foundation import language

_installed: list[QTranslator] = []


def use_language(name: str) -> None:
    """Use ``zh_CN`` or ``en`` for all later texts; an empty name means the system's language."""
    language.set_language(name or language.system_language())
    application = QCoreApplication.instance()
    if application is None:
        raise LookupError("no application is running")
    while _installed:
        application.removeTranslator(_installed.pop())
    if language.language() != "en":
        translator = QTranslator(application)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(f"qtbase_{language.language()}", folder):
            application.installTranslator(translator)
            _installed.append(translator)
    QLocale.setDefault(QLocale(language.language()))
