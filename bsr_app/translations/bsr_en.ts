<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Opener</name>
    <message numerus="yes">
        <source>There are %n files and folders.</source>
        <translation>
            <numerusform>There is %n file or folder.</numerusform>
            <numerusform>There are %n files and folders.</numerusform>
        </translation>
    </message>
</context>
</TS>
