<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>BatchPage</name>
    <message numerus="yes">
        <source>%n files were taken out of the list.</source>
        <translation>
            <numerusform>%n file was taken out of the list.</numerusform>
            <numerusform>%n files were taken out of the list.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Enlarge %n pictures</source>
        <translation>
            <numerusform>Enlarge %n picture</numerusform>
            <numerusform>Enlarge %n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Opener</name>
    <message numerus="yes">
        <source>There are %n pictures.</source>
        <translation>
            <numerusform>There is %n picture.</numerusform>
            <numerusform>There are %n pictures.</numerusform>
        </translation>
    </message>
</context>
</TS>
